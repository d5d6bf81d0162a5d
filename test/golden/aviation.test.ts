// Questions across the demo mesh, with 20,000 flights.
import { aviationMesh, aviationTables } from "../across/support/aviation-mesh.ts";
import { checkGoldens } from "./support/check-goldens.ts";

checkGoldens("aviation", aviationTables, aviationMesh);
