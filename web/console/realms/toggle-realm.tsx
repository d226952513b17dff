import { Text } from '@mantine/core'
import { saveRealm } from '../../api/realms.ts'
import { ConfirmSheet } from '../components/confirm-sheet.tsx'
import { realmName } from '../components/realm-name.ts'
import type { RealmDialogProps } from './realm-action.ts'

/** Turns a realm on or off. A realm that is off keeps its data, but nobody can use it. */
export function ToggleRealm({ entry, onClose, onDone }: RealmDialogProps) {
  const { path, isActive, aliases } = entry
  const name = realmName(path)
  const action = `Turn ${isActive ? 'off' : 'on'} ${name}`
  return (
    <ConfirmSheet
      title={<bdi>{`${action}?`}</bdi>}
      errorTitle="The realm was not changed"
      confirmLabel={action}
      cancelLabel="Cancel"
      look={isActive ? { color: 'bad' } : {}}
      onConfirm={() => saveRealm(entry, { isActive: !isActive, aliases })}
      onDone={() => {
        onDone(`Realm ${name} turned ${isActive ? 'off' : 'on'}.`, isActive ? path : undefined)
        onClose()
      }}
      onClose={onClose}
    >
      <Text>
        {isActive
          ? 'Nobody can sign in, existing sessions stop working, and checks can’t be completed. All data is kept.'
          : 'People can sign in again. All data is unchanged.'}
      </Text>
    </ConfirmSheet>
  )
}
