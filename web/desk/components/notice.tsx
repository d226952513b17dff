import { t } from '../../translate/translate.ts'
import './notice.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconUserShare, IconWifiOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export type NoticeProps = {
  /** `info` asks for nothing. */
  tone: 'info' | 'warn' | 'bad'
  title: string
  children: ReactNode
  onRetry?: () => void
  retry?: string
  /** Further buttons at its end. */
  acts?: ReactNode
}

const icons = { info: IconUserShare, warn: IconWifiOff, bad: IconAlertTriangle }

/** A problem and what to do about it. */
export function Notice({ tone, title, children, onRetry, retry = t('Try again'), acts }: NoticeProps) {
  const Icon = icons[tone]
  return (
    <section
      className={`callout row wrap pad-3 text-note notice ${tone === 'info' ? 'accent' : tone}`}
      role={tone === 'bad' ? 'alert' : 'status'}
    >
      <Icon size={18} stroke={1.75} aria-hidden />
      <p>
        <b className="strong">{title}</b> {children}
      </p>
      {onRetry !== undefined && (
        <Button variant="default" size="xs" onClick={onRetry}>
          {retry}
        </Button>
      )}
      {acts}
    </section>
  )
}
