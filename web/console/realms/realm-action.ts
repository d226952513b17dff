import type { RealmEntry } from '../../api/realms.ts'

/** What can be done to a realm. */
export type RealmAction = 'edit' | 'switch' | 'remove'

/** What a dialog about one realm gets. */
export type RealmDialogProps = {
  entry: RealmEntry
  onClose(): void
  /** @param told what happened, in a sentence. @param gone the realm that cannot be shown any more. */
  onDone(told: string, gone?: string): void
}
