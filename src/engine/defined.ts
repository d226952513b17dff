/** The members of `T` that can be undefined become optional. */
export type Defined<T extends object> = {
  [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name]
} & { [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined> }

/** A copy without the members whose value is undefined: `exactOptionalPropertyTypes` wants them absent. */
export function defined<T extends object>(members: T): Defined<T> {
  // `fromEntries` loses the names; only undefined values were removed.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>
}
