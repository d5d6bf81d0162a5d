// One fetch on its way: it is given up when all who waited for it have left, and not before.
import { expect, it } from "vitest";
import { startFlight } from "../../cache/joins/flight.ts";
import { Ending, type Signal } from "../../schema/product/ending.ts";

const why = new Error("gone");

function flying() {
  let given: Signal | undefined;
  let ends = 0;
  const flight = startFlight(
    0,
    ({ signal }) => {
      given = signal;
      return new Promise<string>(() => {});
    },
    () => ends++,
  );
  return { flight, isGivenUp: () => given?.aborted, ends: () => ends };
}

const gone = (): Ending => {
  const ending = new Ending();
  ending.abort(why);
  return ending;
};

it("goes on while one of its callers waits", async () => {
  const { flight, isGivenUp, ends } = flying();
  const [first, second] = [new Ending(), new Ending()];
  const waiting = [first, second].map((signal) => flight.join({ signal }));
  first.abort(why);
  await expect(waiting[0]).rejects.toBe(why);
  await expect(flight.join({ signal: gone() })).rejects.toBe(why);
  expect([isGivenUp(), ends()]).toEqual([false, 0]);
  second.abort(why);
  await expect(waiting[1]).rejects.toBe(why);
  expect([isGivenUp(), ends()]).toEqual([true, 1]);
});

it("is given up where whoever began it had gone before he could wait", async () => {
  const { flight, isGivenUp, ends } = flying();
  await expect(flight.join({ signal: gone() })).rejects.toBe(why);
  expect([isGivenUp(), ends()]).toEqual([true, 1]);
});
