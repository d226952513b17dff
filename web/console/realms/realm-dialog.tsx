import { EditRealm } from './edit-realm.tsx'
import type { RealmAct, RealmActProps } from './realm-act.ts'
import { RemoveRealm } from './remove-realm.tsx'
import { SwitchRealm } from './switch-realm.tsx'

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
