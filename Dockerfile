# The hub as a container. One image for API, worker and migration; ROLE and the command decide.
#
#   docker build -t prescription-hub .
#   docker run -p 8080:8080 prescription-hub          # a sandbox on its embedded database

FROM node:24-slim AS build
WORKDIR /hub
COPY package.json package-lock.json .npmrc prepare.mjs ./
RUN npm ci
COPY tsconfig.json ./
COPY schemas schemas
COPY packages packages
COPY src src
# Tests and benchmark are compiled by `npm run build` too; here only what runs.
RUN node node_modules/typescript/bin/tsc --sourceMap false

FROM node:24-slim AS production-dependencies
WORKDIR /hub
# Its `prepare` finds neither sources nor a compiler and builds nothing.
COPY package.json package-lock.json .npmrc prepare.mjs ./
RUN npm ci --omit=dev

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
WORKDIR /hub
COPY --from=production-dependencies /hub/node_modules node_modules
COPY --from=build /hub/dist dist
# With run.mjs, `npm run migrate`, `client`, `policy` and `restored` work here too.
COPY package.json run.mjs LICENSE ./
COPY migrations migrations
COPY policies policies
COPY sandbox sandbox
COPY assets assets
# The embedded database of a sandbox; a volume keeps it.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node as process 1 gets the signals itself and drains.
CMD ["node", "dist/src/server.js"]
