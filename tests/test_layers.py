"""The layers of docs/architecture.md hold."""

import pytest
from importlinter.cli import lint_imports


def test_a_lower_layer_never_imports_a_higher_one(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.chdir(request.config.rootpath)
    code = lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert code == 0, capsys.readouterr().out
