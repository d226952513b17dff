import type { RealmEntry } from '../../api/realms.ts'

export type RealmAction = 'edit' | 'toggle' | 'delete'

/** Props of a dialog about one realm. */
export type RealmDialogProps = {
  entry: RealmEntry
  onClose(): void
  /**
   * @param message the result.
   * @param unavailable path of the realm that can no longer be shown.
   */
  onDone(message: string, unavailable?: string): void
}
