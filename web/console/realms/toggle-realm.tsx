import { Button, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { saveRealm } from '../../api/realms.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { realmName } from '../components/realm-name.ts'
import { Sheet } from '../components/sheet.tsx'
import type { RealmDialogProps } from './realm-action.ts'

/** A realm that is off keeps everything, and is there for nobody. */
export function ToggleRealm({ entry, onClose, onDone }: RealmDialogProps) {
  const { path, isActive, aliases } = entry
  const name = realmName(path)
  const toggling = useMutation({
    mutationFn: () => saveRealm(entry, { isActive: !isActive, aliases }),
    onSuccess() {
      onDone(`${name} is ${isActive ? 'off' : 'on'}.`, isActive ? path : undefined)
      onClose()
    },
  })
  return (
    <Sheet title={<bdi>{`Switch ${name} ${isActive ? 'off' : 'on'}?`}</bdi>} onClose={onClose}>
      {toggling.error !== null && <ErrorNotice title="Nothing was changed" error={toggling.error} />}
      <Text>
        {isActive
          ? 'Nobody can sign in to it, its sessions count no more, and its checks cannot be finished. Everything in it stays.'
          : 'People can sign in to it again. Everything in it is as it was.'}
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
          Switch {name} {isActive ? 'off' : 'on'}
        </Button>
      </div>
    </Sheet>
  )
}
