// Tells V8, before anything is loaded, to collect garbage sooner: by itself it lets a busy heap grow to four times its use.
import { setFlagsFromString } from "node:v8";

/** The old generation is collected when it has grown by half. */
setFlagsFromString("--heap-growing-percent=50");
/** The nursery stays as small as it starts; start-up alone would stretch it to 32 MB, and none of it is given back. */
setFlagsFromString("--semi-space-growth-factor=1");
