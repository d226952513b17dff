import type { Json } from '../../../api/json.ts'
import type { Setting } from '../../../api/setting.ts'

/** Props of every form field. */
export type FieldProps = {
  name: string
  setting: Setting
  value: Json | undefined
  isRequired: boolean
  /** The validation error. */
  error: string | undefined
  onChange(value: Json | undefined): void
  /** Ends an undo step: later input is undone separately. */
  onDone(): void
}

/** Common props of Mantine inputs. */
export function inputProps({ setting, name, isRequired, error, onDone }: FieldProps) {
  return {
    label: setting.title || name,
    description: setting.description || undefined,
    withAsterisk: isRequired && setting.default === undefined,
    error,
    onBlur: onDone,
    name,
  }
}
