"""Get the Fandol faces out of their Debian package, without the TeX system around them."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

PACKAGE = "texlive-lang-chinese"
IN_PACKAGE = Path("usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")


class Unavailable(Exception):
    """The package can be had neither from this machine nor from its archive."""


def fetch(target: Path, names: Sequence[str]) -> None:
    """Leave the named files in target; fetch nothing that is there already."""
    if all((target / name).exists() for name in names):
        return
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as folder:
        found = Path("/") / IN_PACKAGE
        if not all((found / name).exists() for name in names):
            print(f"▸ 字体 下载 {PACKAGE}（约 50 MB，只取仿宋、楷体，不安装）", flush=True)
            found = unpack(Path(folder)) / IN_PACKAGE
        for name in names:
            # Moved last and whole, so that an interrupted run leaves nothing half there.
            shutil.copyfile(found / name, Path(folder) / name)
            (Path(folder) / name).replace(target / name)


def unpack(folder: Path) -> Path:
    # apt's own download user cannot enter a private temporary folder.
    download = ["apt-get", "-o", "APT::Sandbox::User=root", "download", PACKAGE]
    try:
        if attempt(download, folder).returncode:
            # Package lists that are missing or out of date are the usual cause.
            attempt([*as_root(), "apt-get", "update", "-qq"], folder)
            attempt(download, folder).check_returncode()
        package = next(folder.glob("*.deb"))
        attempt(["dpkg-deb", "-x", package.name, "out"], folder).check_returncode()
    except (OSError, subprocess.CalledProcessError) as error:
        detail = (getattr(error, "stderr", "") or str(error)).strip()
        message = f"取不到 {PACKAGE}：请先 apt-get update 并检查网络\n{detail}"
        raise Unavailable(message) from error
    return folder / "out"


def attempt(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def as_root() -> Sequence[str]:
    return () if os.geteuid() == 0 else ("sudo", "-n")
