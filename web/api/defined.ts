/** `T`, with optional members in place of those that may be undefined. */
type Defined<T extends object> = {
  [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name]
} & { [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined> }

/** A copy without undefined members, as `exactOptionalPropertyTypes` requires. The server has the same in `src/engine`. */
export function defined<T extends object>(members: T): Defined<T> {
  // `fromEntries` loses the member names; the filter removes undefined alone.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>
}
