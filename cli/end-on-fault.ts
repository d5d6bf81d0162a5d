// Runs a command; a Fault becomes one message on standard error and exit status 1, without a stack.
import { Fault } from "../schema/product/fault.ts";

export async function endOnFault(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (failure) {
    if (!(failure instanceof Fault)) throw failure;
    console.error(`${failure.code}: ${failure.message}`);
    process.exitCode = 1;
  }
}
