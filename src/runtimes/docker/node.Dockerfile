# The image of dsp's own nodes, of the prober and of the helper that gives links their addresses. Its context is made by
# node-image.ts: the code that runs in it, and nothing else. The base has Node 24 and, if it has no iproute2, apt.
ARG BASE
FROM ${BASE}
RUN command -v ip >/dev/null || (apt-get update && apt-get install --yes --no-install-recommends iproute2 && rm -rf /var/lib/apt/lists/*)
RUN install -d -m 1777 /data
WORKDIR /dsp
COPY . .
