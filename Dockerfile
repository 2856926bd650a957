# The container image of Dalil; docs/container.md is the operator's view of it.
#
# Three layers go into the image, from the one that changes least to the one that changes with every release:
# the packages, the model, and Dalil itself with its knowledge and index.

# Any glibc system with python3.11, its venv module and certificates, such as Debian 12.
ARG BASE=python:3.11-slim-bookworm

# ---- deps: the virtual environment, from the lock alone
FROM ${BASE} AS deps
# Bytecode is left for the stage `runtime`, which keeps no more of it than a start needs.
ENV PATH=/opt/dalil/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python3.11 -m venv /opt/dalil
# Torch first and alone, as in the Makefile. An empty TORCH_INDEX means the package index that pip is set up for.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
ARG TORCH_VERSION=2.13.0
# The version is pinned; hadolint takes the option that may be absent for a package.
# hadolint ignore=DL3013
RUN pip install --no-compile --no-deps ${TORCH_INDEX:+--index-url "${TORCH_INDEX}"} "torch==${TORCH_VERSION}"
COPY requirements.lock /src/
RUN pip install --no-compile --no-deps --require-hashes -r /src/requirements.lock

# ---- model: the embedded model; only these modules fetch and write it, so only their change fetches it again
FROM deps AS model
WORKDIR /src
COPY index/__init__.py index/errors.py index/embedded_model.py index/embedded_conversion.py index/q4_weights.py index/
RUN python -c "from pathlib import Path; from index.embedded_model import prepare_embedded_model; \
    prepare_embedded_model(Path('/var/cache/dalil/models'), print)"

# ---- runtime: the environment without what only developers and installers use
FROM model AS runtime
WORKDIR /opt/dalil/lib/python3.11/site-packages
RUN pip uninstall --quiet --yes pip setuptools \
    && rm -rf torch/include torch/share torch/test \
    && find torch/bin -type f ! -name torch_shm_manager -delete \
    && find . -type d \( -name tests -o -name __pycache__ \) -prune -exec rm -rf {} +
# Loads and runs what Dalil does, so that exactly this has bytecode: 95 MB, for a start 6 to 11 s shorter.
RUN PYTHONDONTWRITEBYTECODE='' HF_HUB_OFFLINE=1 python -c "import aiosqlite, babel.dates, babel.numbers, faiss, fluent.runtime, \
    langdetect, lingua, platformdirs, pyarabic.araby, pydantic_settings, rich.progress, rich.markdown, Stemmer, \
    structlog, telegram.ext, typer, yaml; from sentence_transformers import SentenceTransformer; \
    SentenceTransformer('/var/cache/dalil/models/multilingual-e5-small-q4', device='cpu').encode('Dalil')"

# ---- app: Dalil and its index, below /app as they shall stand below /
FROM model AS app
COPY pyproject.toml README.md LICENSE ./
COPY index/ index/
COPY knowledge/ knowledge/
COPY bot/ bot/
RUN pip install --no-deps --root /app . && cp -a /app/. /
# Without a package index, because the model is here: that it is not must end the build.
RUN DALIL_CACHE_DIR=/var/cache/dalil PIP_NO_INDEX=1 dalil build \
    && mkdir -p /app/var/cache/dalil && mv /var/cache/dalil/indexes /app/var/cache/dalil/

# ---- the image: no compiler, no pip in the environment, nothing that its user can write but /tmp and its state
FROM ${BASE}
RUN groupadd --gid 10001 dalil \
    && useradd --uid 10001 --gid dalil --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin dalil \
    && install --directory --owner dalil --group dalil --mode 0700 /var/lib/dalil
COPY --from=runtime /opt/dalil /opt/dalil
COPY --from=model /var/cache/dalil/models /var/cache/dalil/models
COPY --from=app /app /
# The model and the index are here, so no hub is ever asked: Telegram is all that the container talks to.
ENV PATH=/opt/dalil/bin:$PATH \
    LANG=C.UTF-8 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1 \
    TRANSFORMERS_OFFLINE=1 \
    DALIL_CACHE_DIR=/var/cache/dalil \
    DALIL_STATE_DIR=/var/lib/dalil
WORKDIR /
# By number, for clusters that check that it is not root.
USER 10001:10001
# What was left out above must not be missed: an image that cannot answer is not built.
RUN dalil doctor && dalil ask --language en "jobs 2030" >/dev/null && rm -r /tmp/torchinductor_*
# Writable even where the root is not, and an empty named volume takes over its owner.
VOLUME /var/lib/dalil
STOPSIGNAL SIGTERM
# Says whether the installation is whole; it loads no model and takes a second.
HEALTHCHECK --interval=5m --timeout=30s --start-period=1m --retries=2 CMD ["dalil", "doctor"]
ENTRYPOINT ["dalil"]
CMD ["serve"]
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Dalil" \
      org.opencontainers.image.description="Answers questions about Morocco's offshoring and digital sector in French, Arabic and English, with its sources, offline." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
