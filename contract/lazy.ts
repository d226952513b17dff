import * as z from 'zod/mini'

/** A schema that is made when it is first used: a server or page uses few of all schemas. */
export type Lazy<Schema> = () => Schema

/** Names of the schemas that are components of the OpenAPI document. */
export const schemaNames = z.registry<{ id: string }>()

/** Makes a value when it is first asked for, once. */
export function lazy<Value extends object>(make: () => Value): Lazy<Value> {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}

export function lazyObject<Shape extends z.core.$ZodLooseShape>(shape: () => Shape) {
  return lazy(() => z.object(shape()))
}

export function lazyLooseObject<Shape extends z.core.$ZodLooseShape>(shape: () => Shape) {
  return lazy(() => z.looseObject(shape()))
}

export function lazyExtend<Schema extends z.ZodMiniObject, Shape extends z.core.$ZodLooseShape>(
  schema: Lazy<Schema>,
  shape: () => Shape,
) {
  return lazy(() => z.extend(schema(), shape()))
}

/** An object in several places, which is a component of the OpenAPI document. */
export function namedObject<Shape extends z.core.$ZodLooseShape>(id: string, shape: () => Shape) {
  return lazy(() => z.object(shape()).register(schemaNames, { id }))
}

export function namedLooseObject<Shape extends z.core.$ZodLooseShape>(id: string, shape: () => Shape) {
  return lazy(() => z.looseObject(shape()).register(schemaNames, { id }))
}
