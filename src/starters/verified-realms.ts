import type { LeadStore } from '../help-desk/leads/lead-store.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import type { RealmStore } from '../realms/realm-store.ts'

/** That a realm has verified a caller. Transactions are deleted after a while; this is kept with the realm, and in no export. */
const fact = { kind: 'checklist', id: 'verified' } as const

type Sources = { documents: Pick<DocumentStore, 'read'>; leads: Pick<LeadStore, 'hasVerified'> }

/** Whether a realm has ever verified a caller. */
export async function hasEverVerified({ documents, leads }: Sources, realm: string): Promise<boolean> {
  return (await isRecorded(documents, realm)) || leads.hasVerified(realm)
}

/** Records the realms that have verified a caller. Comes before transactions are deleted. */
export async function recordVerifiedRealms({
  realms,
  documents,
  leads,
}: Sources & {
  realms: Pick<RealmStore, 'all'>
  documents: Pick<DocumentStore, 'save'>
}): Promise<void> {
  for (const { path } of await realms.all()) {
    if ((await isRecorded(documents, path)) || !(await leads.hasVerified(path))) continue
    await documents.save(path, { ...fact, document: {} })
  }
}

async function isRecorded(documents: Sources['documents'], realm: string): Promise<boolean> {
  return (await documents.read(realm, fact.kind, fact.id)) !== undefined
}
