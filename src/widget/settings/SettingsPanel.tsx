import type { ComponentType } from 'react';
import { ConnectionSection } from '../connection/ConnectionSection.js';
import { AboutSection } from './AboutSection.js';
import { FailureBoundary } from './FailureBoundary.js';
import { StatusSection } from './StatusSection.js';
import { SupportSection } from './SupportSection.js';

/** The panel from top to bottom. A section finds what it needs with `usePanel()`. */
export const settingsSections: readonly ComponentType[] = [
  StatusSection,
  ConnectionSection,
  AboutSection,
  SupportSection,
];

/** The sections one below the other; if one of them breaks, a notice with a retry stands in their place. */
export function SettingsPanel({ sections }: { sections: readonly ComponentType[] }) {
  return (
    <FailureBoundary>
      {sections.map((Section, index) => (
        <Section key={index} />
      ))}
    </FailureBoundary>
  );
}
