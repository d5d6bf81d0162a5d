// What one operation may ask of subgraphs in all, however its plan divides it into requests.
import { fetching } from "./fetching-faults.ts";

export type OperationBudget = {
  /**
   * Asks, where the budget has a request left. `received` is to be told the bytes of the answer before it is handed over.
   * @throws fetching.OPERATION_REQUESTS_MAX, fetching.OPERATION_BYTES_MAX, and what asking throws
   */
  readonly spend: <T>(ask: (received: (bytes: number) => void) => Promise<T>) => Promise<T>;
};

export function openOperationBudget({
  requestsMax,
  receivedBytesMax,
}: {
  readonly requestsMax: number;
  readonly receivedBytesMax: number;
}): OperationBudget {
  let requests = 0;
  let bytes = 0;
  return {
    spend: async (ask) => {
      if (requests === requestsMax) throw fetching.OPERATION_REQUESTS_MAX({ requestsMax });
      requests++;
      const answer = await ask((received) => {
        bytes += received;
      });
      if (bytes > receivedBytesMax) throw fetching.OPERATION_BYTES_MAX({ receivedBytesMax });
      return answer;
    },
  };
}
