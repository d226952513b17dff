/** `T` in which members that may be undefined are optional instead. */
export type Defined<T extends object> = {
  [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name]
} & { [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined> }

/** A copy without undefined members, as `exactOptionalPropertyTypes` requires. */
export function defined<T extends object>(members: T): Defined<T> {
  // `fromEntries` loses the member names; the filter only removes undefined values.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>
}
