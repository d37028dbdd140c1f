"""What the application knows: questions and answers, experts, taxes, agreements, and users' documents."""

from app.models.knowledge.agreement_updates import (
    CcnlChange,
    CcnlMonitoring,
    CcnlSource,
    CcnlUpdateEvent,
    CcnlVersion,
)
from app.models.knowledge.agreements import (
    CcnlAgreement,
    CcnlAllowance,
    CcnlJobLevel,
    CcnlLeaveEntitlement,
    CcnlNoticePeriod,
    CcnlOvertimeRule,
    CcnlSalary,
    CcnlSector,
    CcnlWorkingHours,
)
from app.models.knowledge.documents import ComplianceCheck, Document, DocumentAnalysis
from app.models.knowledge.experts import ExpertFeedback, ExpertProfile, ExpertTask, ExpertValidation
from app.models.knowledge.exports import DataExportRequest, ExportAuditLog
from app.models.knowledge.faq import ExpertFaqCandidate, FaqUsageLog, FaqVariation, GeneratedFaq
from app.models.knowledge.faq_automation import (
    FaqCandidate,
    FaqGenerationJob,
    FaqSourceImpact,
    QueryCluster,
)
from app.models.knowledge.quality import (
    FailureOccurrence,
    FailurePattern,
    PromptTemplate,
    QualityMetric,
    SystemImprovement,
)
from app.models.knowledge.queries import (
    FaqInteraction,
    KnowledgeBaseSearch,
    KnowledgeFeedback,
    QueryHistory,
    QueryNormalization,
)
from app.models.knowledge.taxes import (
    MunicipalTaxRate,
    RegionalTaxRate,
    TaxCalculation,
    TaxMunicipality,
    TaxRegion,
)

__all__ = [
    "CcnlAgreement",
    "CcnlAllowance",
    "CcnlChange",
    "CcnlJobLevel",
    "CcnlLeaveEntitlement",
    "CcnlMonitoring",
    "CcnlNoticePeriod",
    "CcnlOvertimeRule",
    "CcnlSalary",
    "CcnlSector",
    "CcnlSource",
    "CcnlUpdateEvent",
    "CcnlVersion",
    "CcnlWorkingHours",
    "ComplianceCheck",
    "DataExportRequest",
    "Document",
    "DocumentAnalysis",
    "ExpertFaqCandidate",
    "ExpertFeedback",
    "ExpertProfile",
    "ExpertTask",
    "ExpertValidation",
    "ExportAuditLog",
    "FailureOccurrence",
    "FailurePattern",
    "FaqCandidate",
    "FaqGenerationJob",
    "FaqInteraction",
    "FaqSourceImpact",
    "FaqUsageLog",
    "FaqVariation",
    "GeneratedFaq",
    "KnowledgeBaseSearch",
    "KnowledgeFeedback",
    "MunicipalTaxRate",
    "PromptTemplate",
    "QualityMetric",
    "QueryCluster",
    "QueryHistory",
    "QueryNormalization",
    "RegionalTaxRate",
    "SystemImprovement",
    "TaxCalculation",
    "TaxMunicipality",
    "TaxRegion",
]
