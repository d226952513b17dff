import type { RealmEntry } from '../../wire/realms.ts'
import { EditRealm } from './edit-realm.tsx'
import { RemoveRealm } from './remove-realm.tsx'
import { SwitchRealm } from './switch-realm.tsx'

export type RealmAct = 'edit' | 'switch' | 'remove'

export type RealmActProps = {
  entry: RealmEntry
  onClose(): void
  /** @param told what happened, in a sentence. @param gone the realm that cannot be shown any more. */
  onDone(told: string, gone?: string): void
}

/** What is done to one realm. */
export function RealmDialog({ kind, ...props }: RealmActProps & { kind: RealmAct }) {
  switch (kind) {
    case 'edit':
      return <EditRealm {...props} />
    case 'switch':
      return <SwitchRealm {...props} />
    case 'remove':
      return <RemoveRealm {...props} />
  }
}
