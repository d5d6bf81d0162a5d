// Measures all contenders in rounds, one after the other in each, so that all meet the same machine.
import type { Contender, ContenderName } from "./contenders.ts";
import { type Figures, figuresOf, medians } from "./figures.ts";
import type { Mesh } from "./mesh.ts";
import type { Oracle } from "./oracle.ts";
import { memoryMb } from "./process-stat.ts";
import { groupOf, type Question, requestBody, type Sequence } from "./questions.ts";

export type Setting = {
  readonly question: Question;
  readonly connections: number;
  readonly sequence: Sequence;
};

/** One contender in one setting: medians over the rounds, but for memory. */
export type Measurement = Figures & {
  readonly setting: Setting;
  readonly contender: ContenderName;
  /** After the run: the most over the rounds. */
  readonly residentMb: number;
  readonly peakMb: number;
};

export type MeasureOptions = { readonly rounds: number; readonly forMs: number; readonly warmUpMs: number };

type Measured = Omit<Measurement, "setting" | "contender">;

const requestsMax = 20_000;
/** A run goes on until there were so many, however busy the machine is. */
const requestsMin = 20;

export async function measureContenders(
  { mesh, oracle }: { readonly mesh: Mesh; readonly oracle: Oracle },
  contenders: readonly Contender[],
  settings: readonly Setting[],
  { rounds, forMs, warmUpMs }: MeasureOptions,
): Promise<readonly Measurement[]> {
  const asked = new Map<string, number>();
  const run = async (contender: Contender, setting: Setting, runMs: number): Promise<Measured> => {
    const { question, connections, sequence } = setting;
    const key = `${contender.name} ${question.name} ${sequence}`;
    const before = asked.get(key) ?? 0;
    const { requests, figures } = await figuresOf(mesh, contender, {
      connections,
      forMs: runMs,
      requestsMin,
      requestsMax,
      request: (number) => {
        const group = groupOf(before + number, sequence);
        return { body: requestBody(question, group), expected: oracle(question, group) };
      },
    });
    asked.set(key, before + requests);
    const { resident, peak } = memoryMb(contender.pid);
    return { ...figures, residentMb: resident, peakMb: peak };
  };

  for (const contender of contenders)
    for (const question of new Set(settings.map((setting) => setting.question)))
      await run(contender, { question, connections: 10, sequence: "distinct" }, warmUpMs);

  const samples = new Map<string, Measured[]>();
  const samplesOf = (contender: Contender, setting: Setting): Measured[] => {
    const key = `${contender.name} ${settings.indexOf(setting)}`;
    const known = samples.get(key) ?? [];
    samples.set(key, known);
    return known;
  };
  for (let round = 0; round < rounds; round++)
    for (const setting of settings)
      for (const contender of contenders)
        samplesOf(contender, setting).push(await run(contender, setting, forMs));

  return settings.flatMap((setting) =>
    contenders.map((contender) => ({
      setting,
      contender: contender.name,
      ...mediansOf(samplesOf(contender, setting)),
    })),
  );
}

function mediansOf(samples: readonly Measured[]): Measured {
  const most = (name: "residentMb" | "peakMb") => Math.max(...samples.map((sample) => sample[name]));
  return { ...medians(samples), residentMb: most("residentMb"), peakMb: most("peakMb") };
}
