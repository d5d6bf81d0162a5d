// What can go wrong with the registry of published versions.
import { faultTable } from "../product/fault.ts";

export const registering = faultTable({
  REGISTRY_UNREACHABLE: {
    status: 503,
    audience: "operator",
    text: ({ place, problem }: { place: string; problem: string }) =>
      `The registry ${place} cannot be used: ${problem}.`,
    remedy: "See that it is there and that you may read and write it.",
  },
  REGISTRY_MOVED: {
    status: 409,
    audience: "operator",
    text: ({ variant, after }: { variant: string; after: number }) =>
      `Somebody else has published in ${variant} since revision ${after}.`,
    remedy: "Look at what changed, and publish again.",
  },
  REGISTRY_BEHIND: {
    status: 500,
    audience: "operator",
    text: ({ variant, newest, served }: { variant: string; newest: number; served: number }) =>
      `The newest revision of ${variant} is ${newest}, and ${served} is served already.`,
    remedy:
      "Bring the registry back to what it was: revisions are only ever added. Where it was begun anew on purpose, remove `revision.json` from `schema.stateDirectory` and start the gateway again.",
  },
  REVISION_BROKEN: {
    status: 500,
    audience: "operator",
    text: ({ variant, number, problem }: { variant: string; number: number; problem: string }) =>
      `Revision ${number} of ${variant} cannot be read: ${problem}.`,
    remedy: "Publish or roll back: the next revision takes its place.",
  },
  VERSION_TAKEN: {
    status: 409,
    audience: "operator",
    text: ({ name, version }: { name: string; version: string }) =>
      `${name} ${version} is published already, with another content.`,
    remedy: "Give the product the next version: what is published never changes.",
  },
  VERSION_BROKEN: {
    status: 500,
    audience: "operator",
    text: ({ name, version, problem }: { name: string; version: string; problem: string }) =>
      `${name} ${version} in the registry is not what was published: ${problem}.`,
    remedy: "Bring it back as it was published, or publish a new version.",
  },
  VERSION_MAX: {
    status: 413,
    audience: "operator",
    text: ({ name, version, sdlBytesMax }: { name: string; version: string; sdlBytesMax: number }) =>
      `The schema of ${name} ${version} is larger than ${sdlBytesMax} bytes.`,
    remedy: "Divide the product, or raise `schema.sdlBytesMax` of the mesh.",
  },
  NAME_INVALID: {
    status: 400,
    audience: "operator",
    text: ({ what, value }: { what: string; value: string }) => `${JSON.stringify(value)} is no ${what}.`,
    remedy:
      "A name has letters, digits, _ and -, and begins with a letter; a version is a semantic one, such as 1.4.0.",
  },
});
