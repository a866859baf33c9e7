import type { View } from '@holdfast/session';
import { clientViews } from './client-views.js';
import { staffViews } from './staff-views.js';

/**
 * One view for every stage and role that draws differently, to look at a theme and to check it. The sentences are
 * stand-ins; the numbers are reserved for fiction.
 */
export const stageViews: Readonly<Record<string, View>> = { ...clientViews, ...staffViews };
