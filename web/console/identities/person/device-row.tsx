import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Device, removeDevice, renameDevice } from '../../../api/devices.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { timeInText } from '../../components/relative-time.ts'

type Props = { realm: string; person: string; device: Device; onChanged(): Promise<void> }

export function DeviceRow({ realm, person, device, onChanged }: Props) {
  const [isRenaming, setNaming] = useState(false)
  const removal = useMutation({
    mutationFn: () => removeDevice(realm, person, device),
    onSuccess: onChanged,
  })
  if (isRenaming) {
    return (
      <li className="row wrap gap-2 pad-2">
        <RenameDevice
          realm={realm}
          person={person}
          device={device}
          onClose={() => setNaming(false)}
          onChanged={onChanged}
        />
      </li>
    )
  }
  return (
    <li className="row wrap gap-2 pad-2">
      <div className="what shrink breaks">
        <bdi>{device.name}</bdi>
        <p className="fine">{usageText(device)}</p>
      </div>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={`Rename ${device.name}`}
        onClick={() => setNaming(true)}
      >
        Rename
      </Button>
      <ConfirmButton
        label="Remove"
        question={`Remove ${device.name}? It can no longer be used to sign in.`}
        confirmLabel={`Remove ${device.name}`}
        isPending={removal.isPending}
        onConfirm={() => removal.mutate()}
      />
      {removal.error !== null && <ErrorNotice title="The device was not removed" error={removal.error} />}
    </li>
  )
}

type RenameProps = Props & { onClose(): void }

function RenameDevice({ realm, person, device, onClose, onChanged }: RenameProps) {
  const [name, setName] = useState(device.name)
  const renaming = useMutation({
    mutationFn: () => renameDevice(realm, person, device, name.trim()),
    async onSuccess() {
      await onChanged()
      onClose()
    },
  })
  return (
    <form
      className="rename wrap align-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') renaming.mutate()
      }}
    >
      <TextInput
        aria-label={`New name for ${device.name}`}
        autoFocus
        dir="auto"
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button type="submit" loading={renaming.isPending} disabled={name.trim() === ''}>
        Save
      </Button>
      <Button variant="default" onClick={onClose}>
        Cancel
      </Button>
      {renaming.error !== null && <ErrorNotice title="The device was not renamed" error={renaming.error} />}
    </form>
  )
}

function usageText({ createdAt, usedAt }: Device): string {
  const at = (time: number) => timeInText(time)
  return [
    ...(createdAt > 0 ? [`Added ${at(createdAt)}`] : []),
    ...(usedAt > 0 ? [`used ${at(usedAt)}`] : []),
  ].join(', ')
}
