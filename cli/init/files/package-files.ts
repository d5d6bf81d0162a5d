// What makes the folder a package and an image: package.json, Dockerfile, and what neither git nor Docker takes along.
import type { WeftPackage } from "../weft-package.ts";

export function packageJson(name: string, { dependency }: WeftPackage): string {
  const manifest = {
    name,
    version: "1.0.0",
    private: true,
    type: "module",
    engines: { node: ">=20.19" },
    scripts: { start: "node serve.js", test: "node --test" },
    dependencies: { weft: dependency },
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

export const ignored = "node_modules/\n.weft/\n.env\n";

/** Of a Weft that the registry has, npm installs it; of any other, its image has it. */
export function dockerfile({ published }: WeftPackage, port: number): string {
  const [from, install] = published
    ? [
        "FROM node:20-bookworm-slim\nWORKDIR /product",
        "COPY package.json ./\nRUN npm install --omit=dev\nCOPY . .",
      ]
    : [
        "# The image `weft` is made by the Dockerfile of Weft: docker build -t weft PATH_OF_WEFT\nFROM weft\nWORKDIR /product",
        "COPY . .\nUSER root\nRUN mkdir -p node_modules && ln -s /weft node_modules/weft",
      ];
  return `# The product's port: docker build -t NAME . && docker run -p ${port}:${port} NAME
${from}
${install}
USER node
ENV HOST=0.0.0.0 PORT=${port}
EXPOSE ${port}
CMD ["node", "serve.js"]
`;
}
