"""Where alerts to read are: those of the shared collection, and small ones made here."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "data" / "cap"
FOLDERS = [SHARED, Path("/work/shared/data/cap")]
COLLECTION = next((one for one in FOLDERS if one.is_dir()), None)
collected = pytest.mark.skipif(COLLECTION is None, reason="shared/data/cap is not here")

CAP = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>{identifier}</identifier>
  <sender>met@example.cn</sender>
  <sent>2026-07-14T05:00:00+08:00</sent>
  <status>{status}</status>
  <msgType>{kind}</msgType>
  <scope>Public</scope>
  {references}
  <info>
    <language>zh-CN</language>
    <category>Met</category>
    <event>暴雨</event>
    <urgency>Immediate</urgency>
    <severity>Severe</severity>
    <certainty>Observed</certainty>
    <eventCode><valueName>GB/T 35561</valueName><value>11B03</value></eventCode>
    <effective>2026-07-14T05:00:00+08:00</effective>
    <expires>2026-07-14T17:00:00+08:00</expires>
    <senderName>示例市气象局</senderName>
    <headline>示例市气象局发布暴雨橙色预警</headline>
    <description>预计未来3小时降雨50毫米以上。</description>
    <instruction>停止户外作业。</instruction>
    <area>{area}</area>
  </info>
</alert>
"""
AREA = "<areaDesc>城关镇</areaDesc>"

NATIONAL = """<?xml version="1.0" encoding="UTF-8"?>
<alert>
  <identifier>{identifier}</identifier><sender>示例市气象局</sender>
  <senderCode>34990041600000</senderCode><sendTime>2026-07-14 05:00:00+08:00</sendTime>
  <status>{status}</status><msgType>{kind}</msgType><scope>Public</scope>
  <references>{references}</references>
  <info><language>zh-CN</language><eventType>11B03</eventType><severity>{severity}</severity>
    <effective>2026-07-14 05:00:00+08:00</effective><senderName>张某某</senderName>
    <headline>{headline}</headline><description>预计未来3小时降雨50毫米以上。</description>
    <area><areaDesc>城关镇,城关镇</areaDesc><polygon/><circle>31.5,117.2 5000</circle>
    <geocode>349901100000,349901100000</geocode></area></info>
</alert>
"""


def cap(
    identifier="A-1", *, status="Actual", kind="Alert", references="", area=AREA, **changes
):
    """A CAP 1.2 message; ``changes`` put other words for words of it."""
    text = CAP.format(
        identifier=identifier, status=status, kind=kind, references=references, area=area
    )
    for old, new in changes.items():
        text = text.replace(old, new)
    return text.encode()


def national(
    identifier="34990041600000_20260714050000",
    *,
    status="Actual",
    kind="Alert",
    references="",
    severity="Orange",
    headline="示例市气象局发布暴雨橙色预警[II级/严重]",
):
    """A message of 12379."""
    return NATIONAL.format(
        identifier=identifier,
        status=status,
        kind=kind,
        references=references,
        severity=severity,
        headline=headline,
    ).encode()
