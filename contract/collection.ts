import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'
import { type Lazy, lazy, schemaNames } from './lazy.ts'
import { collectionQuery, fieldsQuery, pageOf } from './page.ts'

type ItemSchema = z.ZodMiniType<{ _id: string; _rev: string }>

/** Resources of one kind, which are listed, read, saved and removed alike. */
export type Collection<Path extends string = string, Item extends ItemSchema = ItemSchema> = ReturnType<
  typeof collection<Path, Item>
>

/**
 * The endpoints of a collection. Its server, client and documentation follow from them; actions are endpoints of their own.
 * @param item the answer to everything about one resource
 * @param settings the body of a `PUT`
 */
export function collection<const Path extends string, Item extends ItemSchema>(
  path: Path,
  item: Lazy<Item>,
  settings?: Lazy<z.ZodMiniType>,
) {
  const one = `${path}/:id` as const
  return {
    path,
    item,
    list: { method: 'GET', path, query: collectionQuery, answer: pageOf(item) },
    read: { method: 'GET', path: one, query: fieldsQuery, answer: item },
    save: { method: 'PUT', path: one, answer: item, ...(settings && { body: settings }) },
    remove: { method: 'DELETE', path: one, answer: item },
  } as const satisfies Record<string, unknown> & Record<'list' | 'read' | 'save' | 'remove', Endpoint>
}

/** A resource of the vendor's whose members are not described here. */
const documentSchema = lazy(() =>
  z
    .catchall(z.object({ _id: z.string(), _rev: z.string() }), z.json())
    .register(schemaNames, { id: 'Document' }),
)

/** Resources in a form of the vendor's, whose reference describes their members. */
export function vendorCollection<const Path extends string>(path: Path) {
  return collection(path, documentSchema)
}
