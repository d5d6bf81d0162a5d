// A change event, as a data product sends it.
import { type ChangeEvent, changeEventType } from "../../schema/product/change-event.ts";

type Keys = NonNullable<ChangeEvent["data"]["keys"]>;

/** The event of so high a sequence number. Without `keys` it tells that all of the product may have changed. */
export function changeOf(
  source: string,
  sequence: number | string,
  keys?: Readonly<Keys>,
  entity = "Airport",
): ChangeEvent {
  return {
    specversion: "1.0",
    type: changeEventType,
    id: `${source}/${sequence}`,
    source,
    sequence: String(sequence),
    datacontenttype: "application/json",
    data: { entity, ...(keys && { keys: [...keys] }) },
  };
}
