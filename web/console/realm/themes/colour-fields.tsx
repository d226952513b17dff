import { ColorInput } from '@mantine/core'
import type { JsonObject } from '../../../api/json.ts'
import type { ThemePreview } from '../../../api/themes.ts'
import type { Path } from '../../saving/changes.ts'
import { colourTitles } from './theme-settings.ts'

type Props = {
  title: string
  isDark: boolean
  /** The theme, or its part for the dark. */
  values: JsonObject
  pairs: ThemePreview['pairs']
  onChange(path: Path, value: string | undefined): void
}

/** The colours of one scheme; a text that cannot be read on its ground says so where it is chosen. */
export function ColourFields({ title, isDark, values, pairs, onChange }: Props) {
  return (
    <fieldset className="colours">
      <legend>{title}</legend>
      {Object.entries(colourTitles).map(([name, label]) => {
        const pair = pairs.find((each) => each.isDark === isDark && each.pair[0] === name)
        const background = colourTitles[pair?.pair[1] ?? '']?.toLowerCase()
        const contrastText = pair && `${pair.contrast}:1 on ${background}`
        const value = values[name]
        const change = (colour: string) => onChange(isDark ? ['dark', name] : [name], colour || undefined)
        return (
          <ColorInput
            key={name}
            label={isDark ? `${label} in the dark` : label}
            description={pair?.isReadable ? contrastText : undefined}
            error={pair && !pair.isReadable ? `${contrastText} cannot be read: it needs 4.5:1` : undefined}
            placeholder="Ours"
            withPicker={false}
            withEyeDropper={false}
            rightSection={<Picker label={`Pick: ${label}`} value={value} onPick={change} />}
            value={typeof value === 'string' ? value : ''}
            onChange={change}
          />
        )
      })}
    </fieldset>
  )
}

/** The browser's own: it works with the keyboard, and has names that are read aloud. */
function Picker({ label, value, onPick }: { label: string; value: unknown; onPick(colour: string): void }) {
  const isWhole = typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value)
  return (
    <input
      type="color"
      className="pick"
      aria-label={label}
      value={isWhole ? value : '#000000'}
      onChange={({ currentTarget }) => onPick(currentTarget.value)}
    />
  )
}
