import { RemoveRealm } from './delete-realm.tsx'
import { EditRealm } from './edit-realm.tsx'
import { SwitchRealm } from './enable-realm.tsx'
import type { RealmAct, RealmActProps } from './realm-action.ts'

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
