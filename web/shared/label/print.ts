import type { ApiClient, Answer } from '../api/client';
import type { Direction } from '../api/types';

/** A label as an address of this page's own, for whoever is signed in; to be given back with `URL.revokeObjectURL`. */
export async function loadLabel(api: ApiClient, jobId: string, direction: Direction): Promise<Answer<string>> {
  const answer = await api.file(`/v1/jobs/${jobId}/label?direction=${direction}`, 'image/svg+xml');
  return answer.ok ? { ...answer, value: URL.createObjectURL(answer.value) } : answer;
}

/** Prints one picture on paper of its own size and leaves the page as it was (see `.print-sheet` in base.css). */
export async function printLabel(src: string): Promise<void> {
  const sheet = new Image();
  sheet.className = 'print-sheet';
  sheet.alt = '';
  sheet.src = src;
  document.body.append(sheet);
  try {
    await sheet.decode();
    print();
  } finally {
    sheet.remove();
  }
}
