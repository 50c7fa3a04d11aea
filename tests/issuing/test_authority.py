"""Keys: the development authority says what it is, and its key is nobody else's to read."""

import stat

from tests.issuing.places import AT
from workflow.issuing.authority import (
    load_anchors,
    make_development_authority,
)
from workflow.issuing.keys import SIGNER_KEY, load_signing_key


def test_names_say_that_it_is_for_development(authority):
    (root,) = load_anchors(authority)
    for name in (root.subject, load_signing_key(authority).cert.subject):
        assert "演示" in name.rfc4514_string()
        assert "开发" in name.rfc4514_string()


def test_only_the_owner_may_read_the_key(authority):
    assert stat.S_IMODE((authority / SIGNER_KEY).stat().st_mode) == 0o600


def test_making_it_again_keeps_the_first(authority):
    before = (authority / SIGNER_KEY).read_bytes()
    make_development_authority(authority, AT)
    assert (authority / SIGNER_KEY).read_bytes() == before


def test_a_long_name_is_cut_at_a_character(tmp_path):
    make_development_authority(tmp_path / "keys", AT, name="样例" * 30)
    assert "样例样" in load_signing_key(tmp_path / "keys").cert.subject.rfc4514_string()
