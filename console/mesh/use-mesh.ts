// Keeps the mesh status fresh while it is on screen.
import { useEffect, useState } from "react";
import { type Mesh, readMesh } from "./read-mesh.ts";

const refreshEveryMs = 10_000;
const answerWithinMs = 5_000;

/** The mesh as last read; `unread` until the first answer. */
export const useMesh = (): Mesh => {
  const [mesh, setMesh] = useState<Mesh>({ kind: "unread" });
  useEffect(() => {
    const leaving = new AbortController();
    const refresh = async (): Promise<void> => {
      const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(answerWithinMs)]);
      const next = await readMesh({ signal });
      if (!leaving.signal.aborted) setMesh(next);
    };
    void refresh();
    const timer = setInterval(refresh, refreshEveryMs);
    return () => {
      clearInterval(timer);
      leaving.abort();
    };
  }, []);
  return mesh;
};
