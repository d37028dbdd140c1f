"""[tool.trueline] and its overrides: values, origins, and what is said about a mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from trueline.settings import KEYS, Settings, SettingsError, load_settings, read_settings, variable

DOCUMENT = Path(__file__).parent.parent / "docs" / "settings.md"


def project(folder: Path, text: str) -> Path:
    """A project whose [tool.trueline] holds ``text``."""
    (folder / "pyproject.toml").write_text(f"[project]\nname = 'shop'\n[tool.trueline]\n{text}\n", encoding="utf-8")
    return folder


def test_defaults(tmp_path: Path) -> None:
    """Without a file and a variable, every value is its default and says so."""
    reading = read_settings(tmp_path, {})
    assert reading.settings == Settings()
    assert set(reading.origins.values()) == {"default"}
    assert reading.settings.project is None


def test_file_is_found_from_below(tmp_path: Path) -> None:
    """Settings are those of the nearest pyproject.toml above that has the table."""
    project(tmp_path, "embedded = true")
    inner = tmp_path / "a package" / "inner"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[project]\nname = 'inner'\n", encoding="utf-8")
    reading = read_settings(inner, {})
    assert reading.settings.embedded is True
    assert reading.settings.project == tmp_path
    assert reading.origins["embedded"] == str(tmp_path / "pyproject.toml")
    assert reading.origins["models"] == "default"


def test_every_key_from_the_file(tmp_path: Path) -> None:
    """Every key can be set in the file, in TOML's own types."""
    project(
        tmp_path,
        """
        embedded = true
        embedded_version = 16
        models = "shop.tables"
        unenforced = ["comment", "length"]
        connect_timeout = 3
        connect_retries = 0
        connect_wait = 1
        connect_wait_max = 8.5
        application_name = "shop"
        lock_timeout = 0.3
        statement_timeout = 60
        lock_retries = 40
        lock_wait = 0.5
        lock_wait_max = 60
        wait_timeout = 600
        on_drift = "refuse"
        before = ["shop.hooks:stop"]
        after = ["shop.hooks:start"]
        version_schema = "ops"
        application_version = "1.4.2"
        scratch = "postgresql://db/postgres"
        cache = "off"
        ignore = ["table:legacy.*", "renames"]
        allow = ["two-owners:a/*: b"]
        exclude = ["vendor/*"]
        watch = ["owner", "grant"]
        """,
    )
    reading = read_settings(tmp_path, {})
    assert reading.settings == Settings(
        embedded=True,
        embedded_version=16,
        models="shop.tables",
        unenforced=frozenset({"comment", "length"}),
        connect_timeout=3,
        connect_retries=0,
        connect_wait=1.0,
        connect_wait_max=8.5,
        application_name="shop",
        lock_timeout=0.3,
        statement_timeout=60.0,
        lock_retries=40,
        lock_wait=0.5,
        lock_wait_max=60.0,
        wait_timeout=600.0,
        on_drift="refuse",
        before=("shop.hooks:stop",),
        after=("shop.hooks:start",),
        version_schema="ops",
        application_version="1.4.2",
        scratch=SecretStr("postgresql://db/postgres"),
        cache="off",
        ignore=("table:legacy.*", "renames"),
        allow=("two-owners:a/*: b",),
        exclude=("vendor/*",),
        watch=frozenset({"owner", "grant"}),
        project=tmp_path,
    )
    assert set(reading.origins.values()) == {str(tmp_path / "pyproject.toml")}


#: key -> a variable's text, and the value that it stands for
TEXTS: dict[str, tuple[str, object]] = {
    "embedded": ("true", True),
    "embedded_version": ("16", 16),
    "models": ("shop.tables", "shop.tables"),
    "unenforced": (" length, range ", frozenset({"length", "range"})),
    "connect_timeout": ("30", 30),
    "connect_retries": ("9", 9),
    "connect_wait": ("0.5", 0.5),
    "connect_wait_max": ("64", 64.0),
    "application_name": ("shop", "shop"),
    "lock_timeout": ("0.3", 0.3),
    "statement_timeout": ("0", 0.0),
    "lock_retries": ("40", 40),
    "lock_wait": ("0.5", 0.5),
    "lock_wait_max": ("60", 60.0),
    "wait_timeout": ("600", 600.0),
    "on_drift": ("refuse", "refuse"),
    "before": ("shop.hooks:stop, shop.hooks:tell", ("shop.hooks:stop", "shop.hooks:tell")),
    "after": ("shop.hooks:start", ("shop.hooks:start",)),
    "version_schema": ("ops", "ops"),
    "application_version": ("1.4.2", "1.4.2"),
    "scratch": ("postgresql://app:s3cret@db/postgres", SecretStr("postgresql://app:s3cret@db/postgres")),
    "cache": ("/var/cache/shop", "/var/cache/shop"),
    "ignore": ("table:legacy.*, renames", ("table:legacy.*", "renames")),
    "allow": ("two-owners:a/*: b, x:y: z", ("two-owners:a/*: b", "x:y: z")),
    "exclude": ("vendor/*", ("vendor/*",)),
    "watch": (" owner, grant ", frozenset({"owner", "grant"})),
}


@pytest.mark.parametrize("key", KEYS)
def test_variable_overrides(key: str, tmp_path: Path) -> None:
    """Every key has a variable, which beats the file and is named as the origin."""
    text, value = TEXTS[key]
    project(tmp_path, "embedded = false\nconnect_timeout = 1")
    reading = read_settings(tmp_path, {variable(key): text})
    assert getattr(reading.settings, key) == value
    assert reading.origins[key] == f"TRUELINE_{key.upper()}"


def test_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    """Compose passes variables that it cannot fill as empty ones, which change nothing."""
    reading = read_settings(tmp_path, {variable(key): " " for key in KEYS})
    assert reading.settings == Settings()


def test_environment(tmp_path: Path) -> None:
    """TRUELINE_ENV says which environment this is; production is recognised however it is written."""
    assert load_settings(tmp_path, {"TRUELINE_ENV": "Production"}).production
    assert load_settings(tmp_path, {"TRUELINE_ENV": "prod"}).production
    assert not load_settings(tmp_path, {"TRUELINE_ENV": "staging"}).production
    assert load_settings(tmp_path, {"TRUELINE_ENV": ""}).environment is None


@pytest.mark.parametrize("key", KEYS)
def test_frozen(key: str) -> None:
    """Settings cannot be changed after they were read."""
    with pytest.raises(ValidationError, match="frozen"):
        setattr(Settings(), key, TEXTS[key][1])


#: what stands in [tool.trueline] -> what the error says, and what its way out holds
WRONG = {
    "conect_retries = 3": ("has no key 'conect_retries'", "did you mean connect_retries?"),
    "connect-wait = 3": ("has no key 'connect-wait'", "did you mean connect_wait?"),
    "zzz = 1": ("has no key 'zzz'", "The keys are embedded, "),
    "project = 'x'": ("has no key 'project'", "The keys are"),
    "environment = 'production'": ("has no key 'environment'", "The keys are"),
    "embedded = 'yes'": ("embedded is set to 'yes': input should be a valid boolean", "embedded = false"),
    "embedded = 1": ("embedded is set to 1: input should be a valid boolean", "embedded = false"),
    "embedded_version = 15": ("embedded_version is set to 15: input should be 16 or 18", "embedded_version = 18"),
    "embedded_version = '18'": ("embedded_version is set to '18'", "embedded_version = 18"),
    "connect_retries = -1": ("connect_retries is set to -1: input should be greater", "connect_retries = 5"),
    "connect_retries = 2.5": ("connect_retries is set to 2.5", "connect_retries = 5"),
    "connect_timeout = 0": ("connect_timeout is set to 0", "connect_timeout = 10"),
    "connect_wait = 0": ("connect_wait is set to 0", "connect_wait = 2.0"),
    "connect_wait_max = inf": ("connect_wait_max is set to inf", "connect_wait_max = 32.0"),
    "connect_wait = '2 s'": ("connect_wait is set to '2 s': input should be a valid number", "connect_wait = 2.0"),
    "models = 'app/models'": ("models is set to 'app/models'", 'models = "app.models"'),
    "unenforced = 'length'": ("unenforced is set to 'length'", 'unenforced = ["comment"]'),
    "unenforced = ['lenght']": ("'length', 'range', 'pattern', 'choice', 'enum', 'comment' or 'timestamptz'", "["),
    "unenforced = [1]": ("unenforced is set to", 'unenforced = ["comment"]'),
    "application_name = 5": ("application_name is set to 5", 'application_name = "trueline"'),
}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_key_or_value(text: str, tmp_path: Path) -> None:
    """A mistake in the table is named with its key, its value, the file and a line that would be right."""
    with pytest.raises(SettingsError) as caught:
        load_settings(project(tmp_path, text), {})
    says, way = WRONG[text]
    assert says in caught.value.what
    assert way in (caught.value.fix or "")
    assert str(tmp_path / "pyproject.toml") in str(caught.value)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("embedded", "perhaps"),
        ("embedded_version", "15"),
        ("connect_retries", "many"),
        ("connect_wait", "nan"),
        ("unenforced", "length,lenght"),
        ("models", "app models"),
    ],
)
def test_wrong_variable(key: str, text: str, tmp_path: Path) -> None:
    """A mistake in a variable is named with the variable."""
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, {variable(key): text})
    assert f"at {variable(key)}" in str(caught.value)
    assert key in caught.value.what


def test_not_toml(tmp_path: Path) -> None:
    """A file that is not TOML is named with the place where it stops being TOML."""
    with pytest.raises(SettingsError, match=r"pyproject.toml is not TOML: .*line 4"):
        load_settings(project(tmp_path, "embedded = "), {})


def test_not_text(tmp_path: Path) -> None:
    """A file of other bytes is named, not shown."""
    (tmp_path / "pyproject.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"pyproject.toml is not TOML"):
        load_settings(tmp_path, {})


def test_not_a_table(tmp_path: Path) -> None:
    """tool.trueline must be a table."""
    (tmp_path / "pyproject.toml").write_text("[tool]\ntrueline = true\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"tool\.trueline is not a table"):
        load_settings(tmp_path, {})


def test_folder_in_place_of_the_file(tmp_path: Path) -> None:
    """A pyproject.toml that cannot be read is an error, not a project without settings."""
    (tmp_path / "pyproject.toml").mkdir()
    with pytest.raises(SettingsError, match=r"cannot be read: Is a directory"):
        load_settings(tmp_path, {})


def test_misspelt_variable_is_noted(tmp_path: Path) -> None:
    """A variable that is almost a setting is named; one that is nothing like it belongs to someone else."""
    reading = read_settings(tmp_path, {"TRUELINE_CONECT_RETRIES": "3", "TRUELINE_ENV": "x", "TRUELINE_COLOUR": "y"})
    assert reading.notes == ("TRUELINE_CONECT_RETRIES is ignored: the setting is called TRUELINE_CONNECT_RETRIES",)


def test_folder_given_relative_to_the_current_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search starts in the current folder unless another one is given."""
    project(tmp_path, "embedded = true")
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    assert load_settings(environ={}).project == tmp_path
    assert load_settings(Path(), {}).project == tmp_path


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_documented(key: str) -> None:
    """docs/settings.md has a row per key, with its variable, its default and what the model says it is for."""
    rows = re.findall(rf"^\| `{key}` \| `(\w+)` \| (.*?) \| (.*) \|$", DOCUMENT.read_text(encoding="utf-8"), re.M)
    field = Settings.model_fields[key]
    default = {bool: str(field.default).lower(), frozenset: "[]", tuple: "[]", str: f'"{field.default}"'}.get(
        type(field.default), str(field.default)
    )
    assert len(rows) == 1
    name, shown, words = rows[0]
    assert (name, shown) == (variable(key), f"`{default}`")
    assert words.lower().startswith((field.description or "?").lower())


def test_only_keys_are_documented() -> None:
    """docs/settings.md has no row for a key that is gone."""
    documented = re.findall(r"^\| `(\w+)` \| `TRUELINE_\w+` \|", DOCUMENT.read_text(encoding="utf-8"), re.M)
    assert documented == list(KEYS)
