import { notFound } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import type { Draft } from './drafts.ts'
import { requireRevision } from './identities.ts'
import type { Identity } from './identity.ts'
import { IdentityUnit } from './identity-unit.ts'
import type { Person } from './managed-object.ts'

/** People in a test run of a script or journey. All checks apply, but directories and storage are not written. */
export class DryIdentityUnit extends IdentityUnit {
  protected override async settle(existing: Identity, draft: Draft) {
    const { passwordForDirectory: _fresh, currentPassword: _current, ...to } = draft
    return { rev: existing.rev, to }
  }

  override create(object: JsonObject, _id?: string): Promise<Person> {
    return this.createWithStep(object)
  }

  /** Only checks that the person exists and has this revision; later reads still find them. */
  override async remove(id: string, rev?: string): Promise<Person> {
    const person = await this.find(id)
    if (person === undefined || person._id !== id) throw notFound(`Object ${id} not found`)
    requireRevision({ id, rev: Number(person._rev) }, rev)
    return person
  }
}
