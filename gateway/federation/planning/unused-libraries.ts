// What @apollo/gateway requires and planning never uses: asking subgraphs, composing, and reporting to its maker.
import type { LeftOut } from "../require-without.ts";

/** Loaded, they would take memory, and time at each start. */
export const unusedLibraries: LeftOut = {
  "@apollo/composition": {},
  "@apollo/usage-reporting-protobuf": {},
  "@opentelemetry/exporter-metrics-otlp-http": {},
  "@opentelemetry/resource-detector-alibaba-cloud": {},
  "@opentelemetry/resource-detector-aws": {},
  "@opentelemetry/resource-detector-azure": {},
  "@opentelemetry/resource-detector-gcp": {},
  "@opentelemetry/resources": {},
  "@opentelemetry/sdk-metrics": {},
  "@opentelemetry/semantic-conventions/incubating": {
    ATTR_CLOUD_PLATFORM: "cloud.platform",
    ATTR_CLOUD_PROVIDER: "cloud.provider",
  },
  "make-fetch-happen": {},
  "node-fetch": {},
};
