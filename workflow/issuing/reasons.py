"""Why a file that somebody brings back is refused."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a file is refused. The last one may also stand with a valid file, as a remark."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_PDF = "not_pdf"
    ENCRYPTED = "encrypted"
    UNSIGNED = "unsigned"
    SEVERAL_SIGNATURES = "several_signatures"
    TRUNCATED = "truncated"
    APPENDED = "appended"
    ALTERED = "altered"
    STRANGER = "stranger"
    OUTSIDE_VALIDITY = "outside_validity"
    NOT_CERTIFIED = "not_certified"
    TIMESTAMP_BROKEN = "timestamp_broken"
    TIMESTAMP_UNTRUSTED = "timestamp_untrusted"

    @property
    def sentence(self) -> str:
        """Say it to the person who brought the file."""
        return _SENTENCES[self]


_SENTENCES = {
    Reason.EMPTY: "文件是空的。",
    Reason.TOO_LARGE: "文件超过20MB，不是本单位签发的文件。",
    Reason.NOT_PDF: "文件不是PDF。",
    Reason.ENCRYPTED: "文件被加密，本单位签发的文件不加密。",
    Reason.UNSIGNED: "文件没有数字签名。",
    Reason.SEVERAL_SIGNATURES: "文件里的数字签名或者时间戳多于本单位所加的。",
    Reason.TRUNCATED: "文件不完整，末尾缺失。",
    Reason.APPENDED: "文件签署后被添加了内容。",
    Reason.ALTERED: "文件签署后被改动。",
    Reason.STRANGER: "签名人不在受信任的证书之下，文件不是本单位签发的。",
    Reason.OUTSIDE_VALIDITY: "签名证书不在有效期内，文件也没有可信时间戳证明签署时间。",
    Reason.NOT_CERTIFIED: "签名没有锁定文件内容，与本单位签发的文件不符。",
    Reason.TIMESTAMP_BROKEN: "文件中的时间戳已损坏。",
    Reason.TIMESTAMP_UNTRUSTED: "时间戳不是受信任的机构签发的，签署时间未经证明。",
}
