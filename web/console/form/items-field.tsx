import { Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Json } from '../../api/json.ts'
import { IconButton } from '../components/icon-button.tsx'
import { MoveButtons, type MoveProps } from '../components/move-buttons.tsx'
import type { NestedProps } from './nested-kind.ts'
import { newValueOf } from './new-value.ts'

/** An ordered list of items that have settings. */
export function ItemsField({ Fields, ...props }: NestedProps & { Fields: ComponentType<NestedProps> }) {
  const { setting, path, value, problems, onChange } = props
  const items = Array.isArray(value) ? value : []
  const inner = setting.items ?? setting
  const title = inner.title || setting.title
  const put = (next: readonly Json[]) => onChange(path, [...next])
  return (
    <fieldset className="settings-group stack items-start gap-4" data-setting={path.join('.')}>
      <legend className="below-3 strong">{setting.title}</legend>
      {setting.description !== '' && <p className="hint fine">{setting.description}</p>}
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the fields have no state besides their value
        <div key={at} className="settings-item stack gap-3">
          <ItemActs
            name={`${title} ${at + 1}`}
            at={at}
            count={items.length}
            onMove={(by) => put(items.toSpliced(at, 1).toSpliced(at + by, 0, item))}
            onRemove={() => put(items.toSpliced(at, 1))}
          />
          <Fields
            path={[...path, String(at)]}
            setting={inner}
            value={item}
            problems={problems}
            onChange={(place, next) => put(items.with(at, changed(item, place.slice(path.length + 1), next)))}
          />
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => put([...items, newValueOf(inner)])}
      >
        Add {title.toLowerCase()}
      </Button>
    </fieldset>
  )
}

/** Changes a member of an item in a copy, because lists change as a whole. */
function changed(item: Json, [name, ...rest]: readonly string[], value: Json | undefined): Json {
  if (name === undefined) return value ?? null
  const members = typeof item === 'object' && item !== null && !Array.isArray(item) ? item : {}
  return { ...members, [name]: changed(members[name] ?? {}, rest, value) }
}

type ActsProps = MoveProps & { onRemove(): void }

function ItemActs({ onRemove, ...item }: ActsProps) {
  return (
    <div className="row gap-1">
      <span className="fine flexible">{item.name}</span>
      <MoveButtons {...item} />
      <IconButton label={`Remove ${item.name}`} icon={IconTrash} onClick={onRemove} />
    </div>
  )
}
