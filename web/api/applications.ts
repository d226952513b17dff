import { applications as collection } from '../../contract/applications.ts'
import { client } from './collection.ts'

/** OAuth2 clients without their secrets. Saving a document without a secret keeps the stored one. */
export const applications = client('applications', collection, {
  toDocument: ({ _id, _rev, _type, ...document }) => document,
})
