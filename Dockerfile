# The gateway and the demo's products in one image; the command says which of them runs.
FROM node:20-bookworm-slim AS build
WORKDIR /weft
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:20-bookworm-slim
WORKDIR /weft
ENV NODE_ENV=production
COPY --from=build /weft/package.json /weft/package-lock.json ./
COPY --from=build /weft/node_modules ./node_modules
COPY --from=build /weft/dist ./dist
COPY --from=build /weft/examples ./examples
COPY --from=build /weft/deploy ./deploy
USER node
EXPOSE 4000
CMD ["node", "dist/cli/main.js", "serve", "--config", "deploy/mesh.compose.yaml", "--host", "0.0.0.0"]
