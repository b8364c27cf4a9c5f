"""Cross-lingual sentence encoders behind one protocol."""
