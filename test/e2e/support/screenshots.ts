import path from 'node:path';
import { projectPaths } from '../../../scripts/build/paths.js';

/** Where the browser tests leave pictures of what they saw, for a person to look at. */
export const screenshotFolder = path.join(projectPaths().root, 'coverage', 'screenshots');
