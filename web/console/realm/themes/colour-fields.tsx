import { ColorInput } from '@mantine/core'
import type { JsonObject } from '../../../api/json.ts'
import type { ThemePreview } from '../../../api/themes.ts'
import type { Path } from '../../saving/changes.ts'
import { colourTitles } from './theme-settings.ts'

type Props = {
  title: string
  isDark: boolean
  /** The theme, or its dark colours. */
  values: JsonObject
  pairs: ThemePreview['pairs']
  onChange(path: Path, value: string | undefined): void
}

/** Colours of one scheme. Fields with too little contrast show an error. */
export function ColourFields({ title, isDark, values, pairs, onChange }: Props) {
  return (
    <fieldset className="colours align-start gap-4">
      <legend className="below-3 strong">{title}</legend>
      {Object.entries(colourTitles).map(([name, label]) => {
        const pair = pairs.find((each) => each.isDark === isDark && each.pair[0] === name)
        const background = colourTitles[pair?.pair[1] ?? '']?.toLowerCase()
        const contrastText = pair && `${pair.contrast}:1 on ${background}`
        const value = values[name]
        const change = (colour: string) => onChange(isDark ? ['dark', name] : [name], colour || undefined)
        return (
          <ColorInput
            key={name}
            label={isDark ? `${label} (dark)` : label}
            description={pair?.isReadable ? contrastText : undefined}
            error={
              pair && !pair.isReadable ? `${contrastText} is too low. At least 4.5:1 is required.` : undefined
            }
            placeholder="Default"
            withPicker={false}
            withEyeDropper={false}
            rightSection={
              <Picker label={`Pick ${label.toLowerCase()} colour`} value={value} onPick={change} />
            }
            value={typeof value === 'string' ? value : ''}
            onChange={change}
          />
        )
      })}
    </fieldset>
  )
}

/** The browser's colour picker, which supports keyboards and screen readers. */
function Picker({ label, value, onPick }: { label: string; value: unknown; onPick(colour: string): void }) {
  const isHexColour = typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value)
  return (
    <input
      type="color"
      className="pick bare"
      aria-label={label}
      value={isHexColour ? value : '#000000'}
      onChange={({ currentTarget }) => onPick(currentTarget.value)}
    />
  )
}
