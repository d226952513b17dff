# Two stages: the first packs the package as `npm pack` does, the second runs it.
FROM node:24-slim AS build
WORKDIR /checkout
COPY package.json package-lock.json .npmrc ./
COPY web/package.json web/
COPY tools/node/package.json tools/node/
RUN npm ci
COPY . .
RUN npm pack --silent && mkdir /image && tar -xzf sidegate-*.tgz -C /image \
  && npm prune --omit=dev --workspaces=false && mv node_modules /image/package/

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 SIDEGATE_DATA=/data
COPY --from=build /image /
WORKDIR /package
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
# Asks whether the process lives: a restart doesn't bring a database back. Load balancers ask health/ready.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD \
  ["node", "-e", "fetch('http://127.0.0.1:8080/am/json/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/sidegate.js", "serve"]
