// Where the mesh is for a verb that is about no product: as said, else as the folder says in which one stands.
import { existsSync } from "node:fs";
import { meshFileOf } from "./open-mesh.ts";
import { readFolder } from "./read-folder.ts";

/** @throws opening.FOLDER_INVALID where there is a `weft.yaml` here that is wrong */
export async function meshFileHere(said: string | undefined): Promise<string> {
  const isToldHere = said === undefined && !process.env.WEFT_MESH && existsSync("weft.yaml");
  return meshFileOf(said, isToldHere ? (await readFolder()).mesh : undefined);
}
