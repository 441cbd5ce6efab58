"""Write docs/packs anew: what each shipped pack declares, in both languages."""

from registry_app.packs.loader import PACKS, load_pack, pack_ids
from registry_app.paths import ROOT
from registry_app.services.pack_pages import markdown
from registry_app.words import Language, Words

FOLDER = ROOT / "docs" / "packs"

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in pack_ids([PACKS]):
        pack = load_pack(name, [PACKS])
        for language in Language:
            page = FOLDER / f"{name}.{language}.md"
            page.write_text(markdown(pack, Words(language)), encoding="utf-8")
            print(page.relative_to(ROOT))
