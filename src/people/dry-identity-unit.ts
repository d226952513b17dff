import type { JsonObject } from '../engine/json.ts'
import { notFound } from '../errors.ts'
import type { Draft } from './drafts.ts'
import { requireRevision } from './identities.ts'
import type { Identity } from './identity.ts'
import { IdentityUnit } from './identity-unit.ts'
import type { Person } from './managed-object.ts'

/** People as a trial sees and changes them: everything is checked as ever, and nothing is saved unless somebody does. */
export class DryIdentityUnit extends IdentityUnit {
  protected override async settle(held: Identity, draft: Draft) {
    const { passwordForDirectory: _fresh, currentPassword: _current, ...to } = draft
    return { rev: held.rev, to }
  }

  override create(object: JsonObject, _id?: string): Promise<Person> {
    return this.createWithStep(object)
  }

  /** Whoever is removed is there again for who looks. */
  override async remove(id: string, rev?: string): Promise<Person> {
    const person = await this.find(id)
    if (person === undefined || person._id !== id) throw notFound(`Object ${id} not found`)
    requireRevision({ id, rev: Number(person._rev) }, rev)
    return person
  }
}
