# Everything from a bare Debian or Ubuntu to a running service; any target may be run again.
# A copy of what was installed lies beside it, so that an unchanged list costs nothing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:
.NOTPARALLEL:

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk dpkg
TEST_PACKAGES := poppler-utils git openssl softhsm2

.PHONY: help setup run test test-all check bench pins clean packages test-packages venv tools assets

help:
	echo 'make run       装好缺少的部分，启动服务和演示数据'
	echo 'make test      检查与测试；make test-all 另加耗时长的'
	echo 'make bench     性能测量；make pins 重新锁定依赖；make clean 删除生成物'

setup: packages venv assets

run: setup
	exec $(BIN)/flask --app app serve --port $(PORT)

test: check
	$(BIN)/pytest -n 4 --dist worksteal

test-all: check
	$(BIN)/pytest -n 4 --dist worksteal -m 'slow or not slow'

check: setup test-packages tools
	echo '▸ 检查 ruff、mypy、import-linter'
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo >build/lint-imports.log || { cat build/lint-imports.log; exit 1; }

bench: setup tools
	$(BIN)/python deploy/bench.py

# make pins UPGRADE=--upgrade takes newer releases.
pins: venv tools
	for name in requirements requirements-dev; do
	    $(BIN)/uv pip compile --quiet --no-header --no-annotate --python-version 3.11 \
	        $(UPGRADE) $$name.in -o $$name.txt
	done

clean:
	rm -rf build static/built .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

# Ask dpkg first: a machine that has everything needs neither root nor the network.
define install
	missing=()
	for name in $(1); do
	    dpkg-query -W -f '$${db:Status-Status}\n' $$name 2>/dev/null | grep -qx installed || missing+=($$name)
	done
	if [ $${#missing[@]} -eq 0 ]; then exit 0; fi
	root=()
	if [ $$EUID -ne 0 ]; then
	    root=(sudo)
	    command -v sudo >/dev/null || { echo "✗ 系统 请用 root 安装：apt-get install $${missing[*]}"; exit 1; }
	fi
	command -v apt-get >/dev/null || { echo "✗ 系统 这里没有 apt，请自行安装：$${missing[*]}"; exit 1; }
	echo "▸ 系统 $${missing[*]}"
	mkdir -p build
	{ "$${root[@]}" apt-get update -qq
	  "$${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$${missing[@]}"
	} >build/apt.log 2>&1 || { tail -n 20 build/apt.log; exit 1; }
endef

packages:
	venv=; $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || venv='python3 python3-venv'
	$(call install,$(PACKAGES) $$venv)

# Ubuntu offers Chromium as a snap alone, which no script should install unasked.
test-packages:
	browser=
	if ! command -v chromium chromium-browser google-chrome >/dev/null; then
	    browser=chromium
	    if grep -qx 'ID=ubuntu' /etc/os-release; then
	        echo '✗ 浏览器 请先 sudo snap install chromium，或安装 google-chrome，再运行一次'
	        exit 1
	    fi
	fi
	$(call install,$(TEST_PACKAGES) $$browser)

venv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo '✗ Python 需要 3.11 或更新：make setup PYTHON=python3.11'; exit 1; }
	$(BIN)/python -c '' 2>/dev/null || { echo '▸ Python .venv'; $(PYTHON) -m venv --clear .venv; }
	cmp -s requirements.txt .venv/requirements.txt && exit 0
	echo '▸ Python 依赖（约一分钟）'
	$(BIN)/pip install --quiet --disable-pip-version-check --use-pep517 -r requirements.txt
	cp requirements.txt .venv/

tools:
	cmp -s requirements-dev.txt .venv/requirements-dev.txt && exit 0
	echo '▸ Python 开发工具'
	$(BIN)/pip install --quiet --disable-pip-version-check --use-pep517 -r requirements-dev.txt
	cp requirements-dev.txt .venv/

assets:
	$(BIN)/python deploy/build_fonts.py
	$(BIN)/python deploy/build_icons.py
	newer=
	if [ -d translations ]; then
	    for po in $$(find translations -name '*.po'); do
	        if [ ! "$${po%.po}.mo" -nt $$po ]; then newer=yes; fi
	    done
	fi
	if [ -z "$$newer" ]; then exit 0; fi
	echo '▸ 译文'
	for domain in $$(find translations -name '*.po' -printf '%f\n' | sort -u); do
	    $(BIN)/pybabel --quiet compile --use-fuzzy -d translations -D $${domain%.po}
	done
