import { Button, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { saveRealm } from '../../api/realms.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { realmName } from '../components/realm-name.ts'
import { Sheet } from '../components/sheet.tsx'
import type { RealmDialogProps } from './realm-action.ts'

/** Turns a realm on or off. A realm that is off keeps its data, but nobody can use it. */
export function ToggleRealm({ entry, onClose, onDone }: RealmDialogProps) {
  const { path, isActive, aliases } = entry
  const name = realmName(path)
  const toggling = useMutation({
    mutationFn: () => saveRealm(entry, { isActive: !isActive, aliases }),
    onSuccess() {
      onDone(`Realm ${name} turned ${isActive ? 'off' : 'on'}.`, isActive ? path : undefined)
      onClose()
    },
  })
  return (
    <Sheet title={<bdi>{`Turn ${isActive ? 'off' : 'on'} ${name}?`}</bdi>} onClose={onClose}>
      {toggling.error !== null && <ErrorNotice title="The realm was not changed" error={toggling.error} />}
      <Text>
        {isActive
          ? 'Nobody can sign in, existing sessions stop working, and checks can’t be completed. All data is kept.'
          : 'People can sign in again. All data is unchanged.'}
      </Text>
      <div className="sheet-acts">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          {...(isActive ? { color: 'bad' } : {})}
          loading={toggling.isPending}
          onClick={() => toggling.mutate()}
        >
          Turn {isActive ? 'off' : 'on'} {name}
        </Button>
      </div>
    </Sheet>
  )
}
