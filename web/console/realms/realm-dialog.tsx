import { DeleteRealm } from './delete-realm.tsx'
import { EditRealm } from './edit-realm.tsx'
import type { RealmAction, RealmDialogProps } from './realm-action.ts'
import { ToggleRealm } from './toggle-realm.tsx'

/** What is done to one realm. */
export function RealmDialog({ kind, ...props }: RealmDialogProps & { kind: RealmAction }) {
  switch (kind) {
    case 'edit':
      return <EditRealm {...props} />
    case 'switch':
      return <ToggleRealm {...props} />
    case 'remove':
      return <DeleteRealm {...props} />
  }
}
