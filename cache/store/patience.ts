// How long replies are waited for. Time is counted in looks: while this process was busy it counts once.

export type Patience = {
  /** The reply; rejects with "Command timed out" where it does not come in time. */
  readonly within: <T>(reply: Promise<T>) => Promise<T>;
};

export type PatienceOptions = {
  /** Each reply comes within so long. */
  readonly timeoutMs: number;
  /** While any is waited for, one comes within so long: a server that is busy answers others meanwhile, one that is gone nobody. */
  readonly silenceMs: number;
};

const looksOfTimeout = 8;

type Waiting = { readonly sinceLook: number; readonly giveUp: () => void };

/** Between two looks all replies that have come are read. */
export function openPatience({ timeoutMs, silenceMs }: PatienceOptions): Patience {
  const lookMs = timeoutMs / looksOfTimeout;
  const looksOfSilence = Math.ceil(silenceMs / lookMs);
  /** In the order in which they began. */
  const waiting = new Set<Waiting>();
  let timer: NodeJS.Timeout | undefined;
  let looks = 0;
  let heardAtLook = 0;

  const look = () => {
    looks++;
    const isSilent = looks - heardAtLook >= looksOfSilence;
    for (const each of waiting) {
      if (!isSilent && looks - each.sinceLook < looksOfTimeout) break;
      waiting.delete(each);
      each.giveUp();
    }
    if (waiting.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    within: (reply) =>
      new Promise((resolve, reject) => {
        if (waiting.size === 0) heardAtLook = looks;
        timer ??= setInterval(look, lookMs);
        const mine = { sinceLook: looks, giveUp: () => reject(new Error("Command timed out")) };
        waiting.add(mine);
        const heard =
          <A>(settle: (outcome: A) => void) =>
          (outcome: A) => {
            heardAtLook = looks;
            waiting.delete(mine);
            settle(outcome);
          };
        reply.then(heard(resolve), heard(reject));
      }),
  };
}
